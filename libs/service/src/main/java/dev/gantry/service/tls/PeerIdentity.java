package dev.gantry.service.tls;

import dev.gantry.contracts.rpc.Role;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * What a certificate of the internal CA says: the role in its common name and, for an agent, the one node it may speak
 * for in a subject alternative name {@code URI:gantry://node/<name>}.
 */
public record PeerIdentity(Role role, Optional<String> node) {
    private static final String NODE_URI = "gantry://node/";
    private static final int URI_NAME = 6; // RFC 5280, GeneralName.uniformResourceIdentifier

    /** @throws CertificateException if the certificate names no role of ours */
    public static PeerIdentity of(X509Certificate certificate) throws CertificateException {
        var name = commonName(certificate);
        for (var role : Role.values()) {
            if (role != Role.UNRECOGNIZED
                    && role != Role.ROLE_UNSPECIFIED
                    && role.name().toLowerCase(Locale.ROOT).equals(name)) {
                return new PeerIdentity(role, node(certificate));
            }
        }
        throw new CertificateException("certificate of \"" + name + "\" names no role");
    }

    private static String commonName(X509Certificate certificate) throws CertificateException {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .findFirst()
                            .orElse("");
        } catch (InvalidNameException e) {
            throw new CertificateException("unreadable subject", e);
        }
    }

    private static Optional<String> node(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> name.get(0).equals(URI_NAME))
                .map(name -> String.valueOf(name.get(1)))
                .filter(uri -> uri.startsWith(NODE_URI))
                .map(uri -> uri.substring(NODE_URI.length()))
                .findFirst();
    }
}
