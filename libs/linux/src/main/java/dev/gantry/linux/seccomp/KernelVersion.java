package dev.gantry.linux.seccomp;

import java.util.regex.Pattern;

/** The first two numbers of a kernel's release, which is what a profile's minKernel names. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,5})\\.(\\d{1,5}).*", Pattern.DOTALL);

    /**
     * @param release as uname(2) gives it ({@code 6.18.44-x}) or a profile ({@code 4.8})
     * @throws SeccompException when it is neither
     */
    public static KernelVersion parse(String release) {
        var match = RELEASE.matcher(release);
        if (!match.matches()) {
            throw new SeccompException("kernel version \"" + Quoted.bounded(release) + "\" is not of the form 4.8");
        }
        return new KernelVersion(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
    }

    @Override
    public int compareTo(KernelVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
