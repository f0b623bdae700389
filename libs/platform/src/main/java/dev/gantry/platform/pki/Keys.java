package dev.gantry.platform.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Key pairs on P-256. */
final class Keys {
    private Keys() {}

    static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Whether the two halves belong together: what one signs, the other verifies. */
    static boolean match(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        var probe = new byte[] {1};
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(probe);
        var signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(signed);
    }
}
