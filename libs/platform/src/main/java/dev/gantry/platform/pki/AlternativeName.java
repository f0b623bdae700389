package dev.gantry.platform.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One subject alternative name (RFC 5280, section 4.2.1.6). */
record AlternativeName(int type, String value) {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    static Set<AlternativeName> of(Subject subject) {
        var names = new HashSet<AlternativeName>();
        names.add(new AlternativeName(DNS, "localhost"));
        names.add(new AlternativeName(IP, "127.0.0.1"));
        subject.hosts().forEach(host -> names.add(new AlternativeName(DNS, host)));
        subject.node().ifPresent(node -> names.add(new AlternativeName(URI, "gantry://node/" + node)));
        return names;
    }

    static Set<AlternativeName> of(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? Set.of()
                : names.stream()
                        .map(name -> new AlternativeName((Integer) name.get(0), String.valueOf(name.get(1))))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
