package dev.gantry.linux.nftables;

import java.util.Locale;

/** What a port belongs to, with its number of IANA. */
public enum Protocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** @throws IllegalArgumentException for anything but tcp, udp and sctp */
    public static Protocol parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    static Protocol of(int number) {
        for (Protocol protocol : values()) {
            if (protocol.number == number) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol " + number);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
