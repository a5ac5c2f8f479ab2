package org.reactortopology.commandline.internal.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactortopology.Series;
import org.reactortopology.Topology;
import org.reactortopology.TopologyFactory;
import org.reactortopology.TopologyOrigin;
import org.reactortopology.Work;
import org.reactortopology.job.Topologies;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParameterTreeTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Box(int width, double height) {}

    record All(
            Path path,
            int number,
            long big,
            double share,
            boolean flag,
            String text,
            Colour colour,
            Duration time,
            Instant when,
            List<Integer> numbers,
            Set<Colour> colours,
            double[] doubles,
            Optional<String> maybe,
            OptionalInt maybeInt,
            Optional<Box> maybeBox,
            Box box,
            Map<String, Integer> labels,
            List<Box> boxes) {}

    record Usual(int size, String name, Optional<Duration> limit, Inner inner) {
        static Usual defaults() {
            return new Usual(7, "usual", Optional.of(Duration.ofSeconds(3)), new Inner(1, 2));
        }
    }

    record Inner(int a, int b) {}

    static class AllFactory extends Described<All> {}

    static class UsualFactory extends Described<Usual> {}

    static class NamesFactory extends Described<List<String>> {}

    abstract static class Described<P> implements TopologyFactory<P, Long> {
        @Override
        public Topology<Long> create(P params) {
            return Topology.named("described")
                    .source("numbers", Series.range(0, 3, 1))
                    .map("same", Work.cpu((Long n) -> n))
                    .build();
        }
    }

    private static final String[] GOOD = {
        "path=some/where",
        "number=-3",
        "big=9000000000",
        "share=0.25",
        "flag=yes",
        "text=a=b, c",
        "colour=dark-blue",
        "time=1.5s",
        "when=2026-01-02T03:04:05Z",
        "numbers=1,2",
        "numbers=3",
        "colours=red,DARK_BLUE",
        "doubles=0.5,1e3",
        "maybeBox.width=4",
        "maybeBox.height=5",
        "box.width=6",
        "box.height=7",
        "labels.x=1",
        "labels.y=2"
    };

    record Paths(Path one, List<Path> more, Map<String, Path> named, Optional<Path> maybe, Within within) {
        static Paths defaults() {
            return new Paths(
                    Path.of("a"), List.of(), Map.of(), Optional.of(Path.of("by/default")), new Within(Path.of("b")));
        }
    }

    record Within(Path deep) {}

    @Test
    void pathsAreAbsoluteWhereverTheyComeFrom() {
        JsonNode file = JsonMapper.shared().readTree("""
                {"more": ["x", "/y"], "named": {"k": "z"}}""");

        JsonNode tree = ParameterTree.of(Paths.class, List.of("one=typed"), file, "the factory F");

        assertThat(tree).isEqualTo(JsonMapper.shared().readTree("""
                {"more": ["%1$s/x", "/y"], "named": {"k": "%1$s/z"}, "one": "%1$s/typed", "maybe": "%1$s/by/default",
                 "within": {"deep": "%1$s/b"}}""".formatted(
                        Path.of("").toAbsolutePath())));
    }

    @Test
    void everyKindOfValueIsRead() {
        All all = (All) params(AllFactory.class, "{\"boxes\": [{\"width\": 8, \"height\": 9}]}", GOOD);

        assertThat(all.path()).isEqualTo(Path.of("some/where").toAbsolutePath());
        assertThat(all.number()).isEqualTo(-3);
        assertThat(all.big()).isEqualTo(9_000_000_000L);
        assertThat(all.share()).isEqualTo(0.25);
        assertThat(all.flag()).isTrue();
        assertThat(all.text()).isEqualTo("a=b, c");
        assertThat(all.colour()).isEqualTo(Colour.DARK_BLUE);
        assertThat(all.time()).isEqualTo(Duration.ofMillis(1500));
        assertThat(all.when()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(all.numbers()).containsExactly(1, 2, 3);
        assertThat(all.colours()).containsExactlyInAnyOrder(Colour.RED, Colour.DARK_BLUE);
        assertThat(all.doubles()).containsExactly(0.5, 1000);
        assertThat(all.maybe()).isEmpty();
        assertThat(all.maybeInt()).isEmpty();
        assertThat(all.maybeBox()).contains(new Box(4, 5));
        assertThat(all.box()).isEqualTo(new Box(6, 7));
        assertThat(all.labels()).isEqualTo(Map.of("x", 1, "y", 2));
        assertThat(all.boxes()).containsExactly(new Box(8, 9));
    }

    @Test
    void whatIsTypedGoesBeforeTheFileAndTheFileBeforeTheDefaults() {
        Usual usual = (Usual)
                params(UsualFactory.class, "{\"size\": 8, \"name\": \"of the file\", \"inner\": {\"a\": 5}}", "size=9");

        assertThat(usual).isEqualTo(new Usual(9, "of the file", Optional.of(Duration.ofSeconds(3)), new Inner(5, 2)));
    }

    @Test
    void aListThatIsTypedReplacesTheListOfTheFile() {
        All all = (All) params(AllFactory.class, "{\"numbers\": [7, 8], \"boxes\": []}", GOOD);

        assertThat(all.numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void withoutAnythingTheDefaultsCount() {
        assertThat(params(UsualFactory.class, null)).isEqualTo(Usual.defaults());
    }

    @Test
    void allThatIsMissingIsNamedWithItsType() {
        assertThatThrownBy(() -> params(AllFactory.class, null, "number=1", "box.width=2"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("14 parameters are missing: ")
                .hasMessageContaining("'path' (Path), 'big' (long), 'share' (double)")
                .hasMessageContaining("'colours' (Set<Colour>), 'doubles' (double[])")
                .hasMessageContaining("'box.height' (double)")
                .hasMessageContaining("'boxes' (List<Box>)")
                .hasMessageNotContaining("maybe");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> params(UsualFactory.class, null, "size=x", "nmae=y", "=z", "inner.c=1"))
                .isInstanceOf(ParameterException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            number=1.5       | parameter 'number' (int) is '1.5': give a whole number
            number=3000000000| parameter 'number' (int) is '3000000000'
            big=             | parameter 'big' (long) is ''
            share=half       | parameter 'share' (double) is 'half': give a number
            flag=maybe       | parameter 'flag' (boolean) is 'maybe': give true or false
            colour=green     | parameter 'colour' (Colour) is 'green': give one of red, dark-blue
            colours=red,blue | parameter 'colours' (Set<Colour>) is 'blue'
            time=soon        | parameter 'time' (Duration) is 'soon': give a time such as 500ms
            numbers=1,,2     | parameter 'numbers' (List<Integer>) is ''
            box=3            | has parts: write --param box.width=value
            labels=3         | has parts: write --param labels.KEY=value
            boxes=3          | is a list of things with parts: give it by --params FILE
            box.widht=3      | there is no parameter 'box.widht': did you mean 'box.width'?
            nubmer=3         | there is no parameter 'nubmer': did you mean 'number'?
            xyzzy=3          | there is no parameter 'xyzzy'; there are 'path' (Path), 'number' (int)
            number.x=3       | there is no parameter 'number.x'; 'number' has no parts
            number           | --param 'number' has no name or no value
            maybeInt=a       | parameter 'maybeInt' (int) is 'a'
            """)
    void whatDoesNotFitIsToldWithTheFix(String typed, String message) {
        assertThatThrownBy(() -> params(AllFactory.class, null, typed))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatDoesNotFitIsNotMissingToo() {
        assertThatThrownBy(() -> params(AllFactory.class, null, "number=x", "box.width=y"))
                .hasMessageContaining("parameter 'number' (int) is 'x'")
                .hasMessageNotContaining("'number' (int),")
                .hasMessageNotContaining("'box.width' (int),");
    }

    @Test
    void aValueIsGivenOnce() {
        assertThatThrownBy(() -> params(UsualFactory.class, null, "size=1", "size=2"))
                .hasMessageContaining("parameter 'size' (int) is given twice");
    }

    @Test
    void aFileMayNotHoldUnknownNames() {
        assertThatThrownBy(() -> params(UsualFactory.class, "{\"inner\": {\"bb\": 1}}"))
                .hasMessageContaining("there is no parameter 'inner.bb'", "did you mean");
    }

    @Test
    void aFileIsAnObject() {
        assertThatThrownBy(() -> params(UsualFactory.class, "[1]")).hasMessageContaining("no JSON object");
    }

    @Test
    void parametersThatAreNoRecordComeFromAFile() {
        assertThat(params(NamesFactory.class, "[\"a\", \"b\"]")).isEqualTo(List.of("a", "b"));
        assertThatThrownBy(() -> params(NamesFactory.class, null, "a=b"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("takes a List<String>, which is no record");
    }

    private static Object params(Class<?> factory, String file, String... typed) {
        JsonNode json = file == null ? null : JsonMapper.shared().readTree(file);
        JsonNode tree = ParameterTree.of(Topologies.parameterType(factory), List.of(typed), json, "the factory");
        TopologyOrigin origin = Topologies.from(factory, tree).origin().orElseThrow();
        return origin.params();
    }
}
