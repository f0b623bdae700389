package dev.gantry.oci.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The registered algorithms (OCI image specification, descriptor.md). */
public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String word;
    private final String jca;
    private final int hexDigits;

    Algorithm(String word, String jca, int hexDigits) {
        this.word = word;
        this.jca = jca;
        this.hexDigits = hexDigits;
    }

    public String word() {
        return word;
    }

    int hexDigits() {
        return hexDigits;
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance(jca);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + jca, e);
        }
    }

    static Optional<Algorithm> of(String word) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.word.equals(word))
                .findFirst();
    }
}
