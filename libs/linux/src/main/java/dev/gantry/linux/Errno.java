package dev.gantry.linux;

import java.util.Map;

/** Error numbers of Linux (errno(3)) with their names and texts. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int EBADF = 9;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EXDEV = 18;
    public static final int ENODEV = 19;
    public static final int ENOTDIR = 20;
    public static final int EISDIR = 21;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOTTY = 25;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EPIPE = 32;
    public static final int ENOSYS = 38;
    public static final int ENOTEMPTY = 39;
    public static final int ELOOP = 40;
    public static final int ENODATA = 61;
    public static final int EOPNOTSUPP = 95;
    public static final int EDQUOT = 122;

    private record Known(String name, String text) {}

    private static final Map<Integer, Known> KNOWN = Map.ofEntries(
            Map.entry(1, new Known("EPERM", "operation not permitted")),
            Map.entry(2, new Known("ENOENT", "no such file or directory")),
            Map.entry(3, new Known("ESRCH", "no such process")),
            Map.entry(4, new Known("EINTR", "interrupted system call")),
            Map.entry(5, new Known("EIO", "input/output error")),
            Map.entry(6, new Known("ENXIO", "no such device or address")),
            Map.entry(7, new Known("E2BIG", "argument list too long")),
            Map.entry(8, new Known("ENOEXEC", "exec format error")),
            Map.entry(9, new Known("EBADF", "bad file descriptor")),
            Map.entry(10, new Known("ECHILD", "no child processes")),
            Map.entry(11, new Known("EAGAIN", "resource temporarily unavailable")),
            Map.entry(12, new Known("ENOMEM", "cannot allocate memory")),
            Map.entry(13, new Known("EACCES", "permission denied")),
            Map.entry(14, new Known("EFAULT", "bad address")),
            Map.entry(15, new Known("ENOTBLK", "block device required")),
            Map.entry(16, new Known("EBUSY", "device or resource busy")),
            Map.entry(17, new Known("EEXIST", "file exists")),
            Map.entry(18, new Known("EXDEV", "invalid cross-device link")),
            Map.entry(19, new Known("ENODEV", "no such device")),
            Map.entry(20, new Known("ENOTDIR", "not a directory")),
            Map.entry(21, new Known("EISDIR", "is a directory")),
            Map.entry(22, new Known("EINVAL", "invalid argument")),
            Map.entry(23, new Known("ENFILE", "too many open files in system")),
            Map.entry(24, new Known("EMFILE", "too many open files")),
            Map.entry(25, new Known("ENOTTY", "inappropriate ioctl for device")),
            Map.entry(26, new Known("ETXTBSY", "text file busy")),
            Map.entry(27, new Known("EFBIG", "file too large")),
            Map.entry(28, new Known("ENOSPC", "no space left on device")),
            Map.entry(29, new Known("ESPIPE", "illegal seek")),
            Map.entry(30, new Known("EROFS", "read-only file system")),
            Map.entry(31, new Known("EMLINK", "too many links")),
            Map.entry(32, new Known("EPIPE", "broken pipe")),
            Map.entry(33, new Known("EDOM", "numerical argument out of domain")),
            Map.entry(34, new Known("ERANGE", "numerical result out of range")),
            Map.entry(35, new Known("EDEADLK", "resource deadlock avoided")),
            Map.entry(36, new Known("ENAMETOOLONG", "file name too long")),
            Map.entry(37, new Known("ENOLCK", "no locks available")),
            Map.entry(38, new Known("ENOSYS", "function not implemented")),
            Map.entry(39, new Known("ENOTEMPTY", "directory not empty")),
            Map.entry(40, new Known("ELOOP", "too many levels of symbolic links")),
            Map.entry(42, new Known("ENOMSG", "no message of desired type")),
            Map.entry(43, new Known("EIDRM", "identifier removed")),
            Map.entry(44, new Known("ECHRNG", "channel number out of range")),
            Map.entry(45, new Known("EL2NSYNC", "level 2 not synchronized")),
            Map.entry(46, new Known("EL3HLT", "level 3 halted")),
            Map.entry(47, new Known("EL3RST", "level 3 reset")),
            Map.entry(48, new Known("ELNRNG", "link number out of range")),
            Map.entry(49, new Known("EUNATCH", "protocol driver not attached")),
            Map.entry(50, new Known("ENOCSI", "no CSI structure available")),
            Map.entry(51, new Known("EL2HLT", "level 2 halted")),
            Map.entry(52, new Known("EBADE", "invalid exchange")),
            Map.entry(53, new Known("EBADR", "invalid request descriptor")),
            Map.entry(54, new Known("EXFULL", "exchange full")),
            Map.entry(55, new Known("ENOANO", "no anode")),
            Map.entry(56, new Known("EBADRQC", "invalid request code")),
            Map.entry(57, new Known("EBADSLT", "invalid slot")),
            Map.entry(59, new Known("EBFONT", "bad font file format")),
            Map.entry(60, new Known("ENOSTR", "device not a stream")),
            Map.entry(61, new Known("ENODATA", "no data available")),
            Map.entry(62, new Known("ETIME", "timer expired")),
            Map.entry(63, new Known("ENOSR", "out of streams resources")),
            Map.entry(64, new Known("ENONET", "machine is not on the network")),
            Map.entry(65, new Known("ENOPKG", "package not installed")),
            Map.entry(66, new Known("EREMOTE", "object is remote")),
            Map.entry(67, new Known("ENOLINK", "link has been severed")),
            Map.entry(68, new Known("EADV", "advertise error")),
            Map.entry(69, new Known("ESRMNT", "srmount error")),
            Map.entry(70, new Known("ECOMM", "communication error on send")),
            Map.entry(71, new Known("EPROTO", "protocol error")),
            Map.entry(72, new Known("EMULTIHOP", "multihop attempted")),
            Map.entry(73, new Known("EDOTDOT", "RFS specific error")),
            Map.entry(74, new Known("EBADMSG", "bad message")),
            Map.entry(75, new Known("EOVERFLOW", "value too large for defined data type")),
            Map.entry(76, new Known("ENOTUNIQ", "name not unique on network")),
            Map.entry(77, new Known("EBADFD", "file descriptor in bad state")),
            Map.entry(78, new Known("EREMCHG", "remote address changed")),
            Map.entry(79, new Known("ELIBACC", "can not access a needed shared library")),
            Map.entry(80, new Known("ELIBBAD", "accessing a corrupted shared library")),
            Map.entry(81, new Known("ELIBSCN", ".lib section in a.out corrupted")),
            Map.entry(82, new Known("ELIBMAX", "attempting to link in too many shared libraries")),
            Map.entry(83, new Known("ELIBEXEC", "cannot exec a shared library directly")),
            Map.entry(84, new Known("EILSEQ", "invalid or incomplete multibyte or wide character")),
            Map.entry(85, new Known("ERESTART", "interrupted system call should be restarted")),
            Map.entry(86, new Known("ESTRPIPE", "streams pipe error")),
            Map.entry(87, new Known("EUSERS", "too many users")),
            Map.entry(88, new Known("ENOTSOCK", "socket operation on non-socket")),
            Map.entry(89, new Known("EDESTADDRREQ", "destination address required")),
            Map.entry(90, new Known("EMSGSIZE", "message too long")),
            Map.entry(91, new Known("EPROTOTYPE", "protocol wrong type for socket")),
            Map.entry(92, new Known("ENOPROTOOPT", "protocol not available")),
            Map.entry(93, new Known("EPROTONOSUPPORT", "protocol not supported")),
            Map.entry(94, new Known("ESOCKTNOSUPPORT", "socket type not supported")),
            Map.entry(95, new Known("EOPNOTSUPP", "operation not supported")),
            Map.entry(96, new Known("EPFNOSUPPORT", "protocol family not supported")),
            Map.entry(97, new Known("EAFNOSUPPORT", "address family not supported by protocol")),
            Map.entry(98, new Known("EADDRINUSE", "address already in use")),
            Map.entry(99, new Known("EADDRNOTAVAIL", "cannot assign requested address")),
            Map.entry(100, new Known("ENETDOWN", "network is down")),
            Map.entry(101, new Known("ENETUNREACH", "network is unreachable")),
            Map.entry(102, new Known("ENETRESET", "network dropped connection on reset")),
            Map.entry(103, new Known("ECONNABORTED", "software caused connection abort")),
            Map.entry(104, new Known("ECONNRESET", "connection reset by peer")),
            Map.entry(105, new Known("ENOBUFS", "no buffer space available")),
            Map.entry(106, new Known("EISCONN", "transport endpoint is already connected")),
            Map.entry(107, new Known("ENOTCONN", "transport endpoint is not connected")),
            Map.entry(108, new Known("ESHUTDOWN", "cannot send after transport endpoint shutdown")),
            Map.entry(109, new Known("ETOOMANYREFS", "too many references: cannot splice")),
            Map.entry(110, new Known("ETIMEDOUT", "connection timed out")),
            Map.entry(111, new Known("ECONNREFUSED", "connection refused")),
            Map.entry(112, new Known("EHOSTDOWN", "host is down")),
            Map.entry(113, new Known("EHOSTUNREACH", "no route to host")),
            Map.entry(114, new Known("EALREADY", "operation already in progress")),
            Map.entry(115, new Known("EINPROGRESS", "operation now in progress")),
            Map.entry(116, new Known("ESTALE", "stale file handle")),
            Map.entry(117, new Known("EUCLEAN", "structure needs cleaning")),
            Map.entry(118, new Known("ENOTNAM", "not a XENIX named type file")),
            Map.entry(119, new Known("ENAVAIL", "no XENIX semaphores available")),
            Map.entry(120, new Known("EISNAM", "is a named type file")),
            Map.entry(121, new Known("EREMOTEIO", "remote I/O error")),
            Map.entry(122, new Known("EDQUOT", "disk quota exceeded")),
            Map.entry(123, new Known("ENOMEDIUM", "no medium found")),
            Map.entry(124, new Known("EMEDIUMTYPE", "wrong medium type")),
            Map.entry(125, new Known("ECANCELED", "operation canceled")),
            Map.entry(126, new Known("ENOKEY", "required key not available")),
            Map.entry(127, new Known("EKEYEXPIRED", "key has expired")),
            Map.entry(128, new Known("EKEYREVOKED", "key has been revoked")),
            Map.entry(129, new Known("EKEYREJECTED", "key was rejected by service")),
            Map.entry(130, new Known("EOWNERDEAD", "owner died")),
            Map.entry(131, new Known("ENOTRECOVERABLE", "state not recoverable")),
            Map.entry(132, new Known("ERFKILL", "operation not possible due to RF-kill")),
            Map.entry(133, new Known("EHWPOISON", "memory page has hardware error")));

    private Errno() {}

    /** The symbolic name, such as ENOENT, or {@code errno 4711} for one nobody knows. */
    public static String name(int errno) {
        Known known = KNOWN.get(errno);
        return known == null ? "errno " + errno : known.name();
    }

    /** What strerror(3) says, beginning in lower case. */
    public static String text(int errno) {
        Known known = KNOWN.get(errno);
        return known == null ? "unknown error" : known.text();
    }
}
