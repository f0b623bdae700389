package dev.gantry.network.address;

import java.util.Locale;

/** Hardware addresses that say which IPv4 address they belong to, as Docker's did for years: 02:42 and its four bytes. */
public final class Mac {
    private Mac() {}

    public static String of(long address) {
        return String.format(
                Locale.ROOT,
                "02:42:%02x:%02x:%02x:%02x",
                address >> 24 & 0xff,
                address >> 16 & 0xff,
                address >> 8 & 0xff,
                address & 0xff);
    }
}
