package org.reactortopology.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "1234, 1234",
        "1234567.8, 1 234 568",
        "-12345, -12 345",
        "812.6, 813",
        "12.34, 12.3",
        "1.234, 1.23",
        "0.1234, 0.123",
        "0.000123, 1.23e-04"
    })
    void printsThreeDigitsOrMore(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }
}
