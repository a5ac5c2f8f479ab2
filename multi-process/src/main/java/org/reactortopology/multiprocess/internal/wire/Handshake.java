package org.reactortopology.multiprocess.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mutual proof that both ends hold the same one-time token, which itself never crosses the wire: HMAC-SHA256 (RFC 2104) under the token,
 * over a label for the side and the worker's nonce. A token serves one worker's one HELLO, so a proof cannot be replayed.
 */
public final class Handshake {

    /** Length of a token. */
    public static final int TOKEN_BYTES = 32;

    /** Length of a nonce. */
    public static final int NONCE_BYTES = 16;

    /** Length of a proof. */
    public static final int PROOF_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Handshake() {}

    /** A fresh token. */
    public static byte[] newToken() {
        return random(TOKEN_BYTES);
    }

    /** A fresh nonce. */
    public static byte[] newNonce() {
        return random(NONCE_BYTES);
    }

    /** {@code HMAC(token, "worker" | worker u32 | pid u64 | nonce)}. */
    public static byte[] workerProof(byte[] token, int worker, long pid, byte[] nonce) {
        ByteBuffer numbers =
                ByteBuffer.allocate(Integer.BYTES + Long.BYTES).putInt(worker).putLong(pid);
        return hmac(token, "worker", numbers.array(), nonce);
    }

    /** {@code HMAC(token, "coordinator" | nonce)}. */
    public static byte[] coordinatorProof(byte[] token, byte[] nonce) {
        return hmac(token, "coordinator", nonce);
    }

    /** Compares in a time that does not depend on where the two differ. */
    public static boolean equal(byte[] expected, byte[] seen) {
        return MessageDigest.isEqual(expected, seen);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hmac(byte[] token, String label, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token, "HmacSHA256"));
            mac.update(label.getBytes(StandardCharsets.US_ASCII));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
