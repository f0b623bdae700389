package dev.gantry.oci.layer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a PAX extended header (POSIX.1-2001, pax): {@code <length> <key>=<value>\n}. Values stay bytes: an extended attribute is no
 * text.
 */
final class PaxRecords {
    static final PaxRecords NONE = new PaxRecords(Map.of());
    private static final String XATTR = "SCHILY.xattr.";
    private static final int MAX_RECORDS = 1024;
    private static final int LONGEST_NUMBER = 64;

    /** Keys and values with one char per byte. */
    private final Map<String, String> records;

    private PaxRecords(Map<String, String> records) {
        this.records = records;
    }

    static PaxRecords parse(byte[] header) throws BadLayerException {
        Map<String, String> records = new HashMap<>();
        int position = 0;
        while (position < header.length) {
            int space = find(header, ' ', position);
            int length = length(header, position, space);
            int end = position + length;
            if (length < 5 || end > header.length || end <= space + 1 || header[end - 1] != '\n') {
                throw malformed();
            }
            add(records, new String(header, space + 1, end - space - 2, StandardCharsets.ISO_8859_1));
            position = end;
        }
        return new PaxRecords(records);
    }

    private static void add(Map<String, String> records, String record) throws BadLayerException {
        int equals = record.indexOf('=');
        if (equals < 1 || records.size() >= MAX_RECORDS) {
            throw malformed();
        }
        String key = record.substring(0, equals);
        if (key.startsWith("GNU.sparse.")) {
            throw new BadLayerException("invalid tar archive: sparse files are not supported");
        }
        records.put(key, record.substring(equals + 1));
    }

    private static int find(byte[] header, char wanted, int from) throws BadLayerException {
        for (int i = from; i < Math.min(header.length, from + 12); i++) {
            if (header[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static int length(byte[] header, int from, int to) throws BadLayerException {
        int length = 0;
        for (int i = from; i < to; i++) {
            int digit = header[i] - '0';
            if (digit < 0 || digit > 9 || length > header.length) {
                throw malformed();
            }
            length = length * 10 + digit;
        }
        return length;
    }

    private static BadLayerException malformed() {
        return new BadLayerException("invalid tar header: malformed extended header");
    }

    /** The path in place of the header's; an empty value deletes the record. */
    Optional<String> path() {
        return value("path");
    }

    Optional<String> link() {
        return value("linkpath");
    }

    long size(long otherwise) throws BadLayerException {
        return whole("size", otherwise);
    }

    long uid(long otherwise) throws BadLayerException {
        return whole("uid", otherwise);
    }

    long gid(long otherwise) throws BadLayerException {
        return whole("gid", otherwise);
    }

    Instant modified(long otherwiseSeconds) throws BadLayerException {
        try {
            Optional<String> text = value("mtime");
            return text.isPresent() ? instant(text.get()) : Instant.ofEpochSecond(otherwiseSeconds);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw (BadLayerException) malformed().initCause(e);
        }
    }

    private static Instant instant(String text) throws BadLayerException {
        if (text.length() > LONGEST_NUMBER || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw malformed();
        }
        BigDecimal seconds = new BigDecimal(text).setScale(9, RoundingMode.FLOOR);
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(),
                seconds.subtract(whole).movePointRight(9).longValueExact());
    }

    /** Only those that may reach a file system; the others are left out in silence, as Docker does where the host refuses them. */
    Map<String, byte[]> xattrs() {
        Map<String, byte[]> found = new HashMap<>();
        records.forEach((key, value) -> {
            String name = key.startsWith(XATTR) ? key.substring(XATTR.length()) : "";
            if (mayBeSet(name)) {
                found.put(name, value.getBytes(StandardCharsets.ISO_8859_1));
            }
        });
        return found;
    }

    private static boolean mayBeSet(String name) {
        if (name.length() > LayerPath.MAX_COMPONENT || name.indexOf('\0') >= 0) {
            return false;
        }
        return name.equals("security.capability")
                || name.equals("system.posix_acl_access")
                || name.equals("system.posix_acl_default")
                || (name.startsWith("user.") && !name.startsWith("user.overlay."));
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(records.get(key)).filter(value -> !value.isEmpty());
    }

    private long whole(String key, long otherwise) throws BadLayerException {
        Optional<String> text = value(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw (BadLayerException) malformed().initCause(e);
        }
        throw malformed();
    }
}
