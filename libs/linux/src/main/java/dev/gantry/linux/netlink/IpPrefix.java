package dev.gantry.linux.netlink;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address and how many of its first bits are the network's: {@code 172.17.0.2/16}. */
public record IpPrefix(InetAddress address, int bits) {
    private static final Pattern TEXT = Pattern.compile("([0-9a-fA-F:.]{2,45})/([0-9]{1,3})");

    public IpPrefix {
        if (bits < 0 || bits > 8 * address.getAddress().length) {
            throw new IllegalArgumentException("prefix of " + bits + " bits");
        }
    }

    /** @throws IllegalArgumentException for anything else than an address literal, a slash and a number */
    public static IpPrefix parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an address with a prefix length: " + text);
        }
        return new IpPrefix(InetAddress.ofLiteral(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean isV4() {
        return address instanceof Inet4Address;
    }

    /** The lowest address of the network. */
    public byte[] first() {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= (byte) mask(i);
        }
        return bytes;
    }

    /** The address behind the highest of the network; all zeros when there is none. */
    public byte[] end() {
        byte[] bytes = first();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= (byte) ~mask(i);
        }
        int last = bytes.length - 1;
        while (last >= 0 && ++bytes[last] == 0) {
            last--;
        }
        return bytes;
    }

    /** The byte of the network mask. */
    private int mask(int index) {
        int ones = Math.clamp(bits - 8L * index, 0, 8);
        return 0xff << (8 - ones) & 0xff;
    }

    /** Of the network itself. */
    public boolean contains(InetAddress other) {
        byte[] theirs = other.getAddress();
        return theirs.length == address.getAddress().length
                && Arrays.equals(new IpPrefix(other, bits).first(), first());
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
