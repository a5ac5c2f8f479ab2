package org.reactortopology.internal.lane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.JCStressTest;

/**
 * Runs jcstress with the given options, which begin with the folder for its report, and fails when a test of this package left no report:
 * jcstress itself ends well when it finds no tests, and leaves out those with more actors than there are processors.
 */
public final class RunAll {

    private RunAll() {}

    /** Ends with an error unless every test ran and saw only what may happen. */
    public static void main(String[] options) throws Exception {
        Path report = Path.of(options[1]);
        long start = System.currentTimeMillis();
        Main.main(options);
        Stream.of(WakeUps.class, Results.class, Batches.class, Interrupts.class, Held.class)
                .flatMap(group -> Stream.of(group.getDeclaredClasses()))
                .filter(test -> test.isAnnotationPresent(JCStressTest.class))
                .forEach(test -> {
                    Path page = report.resolve(test.getCanonicalName() + ".html");
                    if (!Files.exists(page) || page.toFile().lastModified() < start - 1000) {
                        throw new IllegalStateException("test " + test.getName() + " did not run: no report " + page);
                    }
                });
    }
}
