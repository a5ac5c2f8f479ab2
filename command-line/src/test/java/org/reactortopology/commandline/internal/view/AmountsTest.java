package org.reactortopology.commandline.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT-1S, 0 s",
        "PT0.0000004S, 1 us",
        "PT0.000123S, 123 us",
        "PT0.00123S, 1.23 ms",
        "PT0.85S, 850 ms",
        "PT9.96S, 10.0 s",
        "PT12.3S, 12 s",
        "PT60S, 1 min",
        "PT3M20S, 3 min 20 s",
        "PT2H13M59S, 2 h 13 min",
        "PT76H5M, 3 d 4 h"
    })
    void timesAreInTheirTwoLargestUnits(Duration time, String text) {
        assertThat(Amounts.time(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 KiB", "327155712, 312 MiB", "9223372036854775807, 8192 PiB"})
    void bytesAreInBinaryUnits(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0|0/s", "NaN|0/s", "-1|0/s", "20000|20,000/s", "12.34|12.3/s", "0.5|30.0/min", "0.001|3.6/h"})
    void ratesAreAtLeastOneInTheirUnit(double perSecond, String text) {
        assertThat(Amounts.rate(perSecond)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 24, 0 %", "23, 24, 95 %", "99999, 100000, 99 %", "24, 24, 100 %", "0, 0, 100 %", "30, 24, 100 %"})
    void onlyAllIsAHundredPerCent(long part, long whole, String text) {
        assertThat(Amounts.percent(part, whole)).isEqualTo(text);
    }

    @Test
    void theMachinesLanguageDoesNotMatter() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Amounts.count(1234, "item")).isEqualTo("1,234 items");
            assertThat(Amounts.rate(1.5)).isEqualTo("1.5/s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 24, [........]",
        "1, 1000, [#.......]",
        "12, 24, [####....]",
        "23, 24, [#######.]",
        "24, 24, [########]",
        "30, 24, [########]",
        "0, 0, [........]"
    })
    void barsAreFullOnlyIfAllIsDoneAndEmptyOnlyIfNothingIs(long part, long whole, String bar) {
        assertThat(Bars.of(part, whole, 10)).isEqualTo(bar);
    }

    @Test
    void textOfUsersCannotSteerTheTerminal() {
        assertThat(Texts.printable("a\u001b[2Jb\nc\u202ed\u0007")).isEqualTo("a?[2Jb c?d?");
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() {
        assertThat(Texts.fit("abcdefgh", 6)).isEqualTo("abc...");
        assertThat(Texts.fit("\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00", 4))
                .isEqualTo("\ud83d\ude00...");
        assertThat(Texts.fit("abcdefgh", 2)).isEqualTo("ab");
    }
}
