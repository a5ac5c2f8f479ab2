package org.reactortopology.multiprocess.internal.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

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

    /** Of SHA-256, and the pads of RFC 2104. */
    private static final int BLOCK_BYTES = 64;

    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

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

    /** Of the digest alone: {@code javax.crypto} would load every security provider there is, in each process that starts. */
    private static byte[] hmac(byte[] token, String label, byte[]... parts) {
        MessageDigest inner = keyed(token, INNER_PAD);
        inner.update(label.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            inner.update(part);
        }
        MessageDigest outer = keyed(token, OUTER_PAD);
        return outer.digest(inner.digest());
    }

    /** A digest that has been given the key, filled up with zeros to a block, in exclusive or with the pad. */
    private static MessageDigest keyed(byte[] token, byte pad) {
        if (token.length > BLOCK_BYTES) {
            throw new IllegalArgumentException("a token of " + token.length + " bytes: at most " + BLOCK_BYTES);
        }
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, pad);
        for (int i = 0; i < token.length; i++) {
            block[i] ^= token[i];
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(block);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
