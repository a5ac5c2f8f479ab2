package org.reactortopology.multiprocess.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @Test
    void isReadAsItWasWritten() {
        for (Address address : new Address[] {
            new Address.Unix(Path.of("/run/with space/and:colon/s")),
            new Address.Loopback(1),
            new Address.Loopback(65535)
        }) {
            assertThat(Address.parse(address.toString())).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tcp:", "tcp:x", "tcp:65536", "tcp:-1", "unix:", "unix:\0", "http://x", "host:1"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Address.parse(text));
    }
}
