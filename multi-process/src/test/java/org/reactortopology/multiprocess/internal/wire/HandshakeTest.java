package org.reactortopology.multiprocess.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Proofs say who, on which side, and that the token is known; nothing else gives the same bytes. */
class HandshakeTest {

    private static final byte[] TOKEN =
            Sample.unhex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] NONCE = Sample.unhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

    @Test
    void theWorkersProofIsTheHmacOfTheseBytes() throws Exception {
        // "worker" | 7 | 0x123456789 | nonce
        String message = "776f726b6572" + "00000007" + "0000000123456789" + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

        assertThat(Handshake.workerProof(TOKEN, 7, 0x123456789L, NONCE)).isEqualTo(hmac(message));
    }

    @Test
    void theCoordinatorsProofIsTheHmacOfTheseBytes() throws Exception {
        // "coordinator" | nonce
        String message = "636f6f7264696e61746f72" + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

        assertThat(Handshake.coordinatorProof(TOKEN, NONCE)).isEqualTo(hmac(message));
    }

    @Test
    void aProofChangesWithEachThingItIsOver() {
        byte[] otherToken = changed(TOKEN);
        byte[] otherNonce = changed(NONCE);
        Set<String> proofs = new HashSet<>();
        for (byte[] proof : List.of(
                Handshake.workerProof(TOKEN, 1, 2, NONCE),
                Handshake.workerProof(otherToken, 1, 2, NONCE),
                Handshake.workerProof(TOKEN, 2, 2, NONCE),
                Handshake.workerProof(TOKEN, 1, 1, NONCE),
                Handshake.workerProof(TOKEN, 1, 2, otherNonce),
                Handshake.coordinatorProof(TOKEN, NONCE),
                Handshake.coordinatorProof(otherToken, NONCE),
                Handshake.coordinatorProof(TOKEN, otherNonce))) {
            assertThat(proof).hasSize(Handshake.PROOF_BYTES);
            assertThat(proofs.add(Sample.hex(proof))).isTrue();
        }
    }

    @Test
    void equalIsEqualityOfAllBytes() {
        byte[] proof = Handshake.coordinatorProof(TOKEN, NONCE);
        assertThat(Handshake.equal(proof, proof.clone())).isTrue();
        for (int i = 0; i < proof.length; i++) {
            byte[] other = proof.clone();
            other[i] ^= 1;
            assertThat(Handshake.equal(proof, other)).isFalse();
        }
        assertThat(Handshake.equal(proof, Arrays.copyOf(proof, 31))).isFalse();
    }

    @Test
    void tokensAndNoncesAreFresh() {
        assertThat(Handshake.newToken()).hasSize(32).isNotEqualTo(Handshake.newToken());
        assertThat(Handshake.newNonce()).hasSize(16).isNotEqualTo(Handshake.newNonce());
    }

    private static byte[] hmac(String messageHex) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TOKEN, "HmacSHA256"));
        return mac.doFinal(Sample.unhex(messageHex));
    }

    private static byte[] changed(byte[] bytes) {
        byte[] other = bytes.clone();
        other[other.length - 1] ^= 1;
        return other;
    }
}
