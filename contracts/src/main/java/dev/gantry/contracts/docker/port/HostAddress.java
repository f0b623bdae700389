package dev.gantry.contracts.docker.port;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address of the host as clients write it, in its one canonical form: {@code 127.0.0.1}, {@code ::1} (RFC 5952). */
public final class HostAddress {
    public static final String ANY4 = "0.0.0.0";
    public static final String ANY6 = "::";

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int GROUPS = 8;

    private HostAddress() {}

    /** Empty for what is no address; nothing is looked up. */
    public static Optional<String> canonical(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(text);
            return Optional.of(
                    address instanceof Inet6Address ? compressed(address.getAddress()) : address.getHostAddress());
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    public static boolean isIpv6(String canonical) {
        return canonical.indexOf(':') >= 0;
    }

    public static boolean isAny(String canonical) {
        return canonical.equals(ANY4) || canonical.equals(ANY6);
    }

    /** The longest run of at least two zero groups, the first of several, becomes {@code ::}. */
    private static String compressed(byte[] address) {
        var start = -1;
        var length = 1;
        for (var from = 0; from < GROUPS; from++) {
            var run = zeros(address, from);
            if (run > length) {
                start = from;
                length = run;
            }
        }
        return start < 0
                ? groups(address, 0, GROUPS)
                : groups(address, 0, start) + "::" + groups(address, start + length, GROUPS);
    }

    private static int zeros(byte[] address, int from) {
        var run = 0;
        while (from + run < GROUPS && group(address, from + run) == 0) {
            run++;
        }
        return run;
    }

    private static String groups(byte[] address, int from, int to) {
        var text = new StringBuilder();
        for (var i = from; i < to; i++) {
            text.append(i > from ? ":" : "").append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }

    private static int group(byte[] address, int index) {
        return (address[2 * index] & 0xff) << 8 | address[2 * index + 1] & 0xff;
    }
}
