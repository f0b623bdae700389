package dev.gantry.image.importing;

import dev.gantry.contracts.error.ErrorCode;
import dev.gantry.image.catalog.Images;
import dev.gantry.oci.image.ExecutionConfig;
import dev.gantry.oci.reference.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an import was asked to make, checked before the first byte of the archive is read. */
record ImportRequest(Optional<ImageReference> name, String message, Platform platform, ExecutionConfig config) {
    private static final int MAX_MESSAGE = 64 << 10;

    /** As OCI has it. */
    record Platform(String os, String architecture, String variant) {
        private static final Pattern SPEC = Pattern.compile("([a-z0-9]+)(?:/([a-z0-9_]+)(?:/([a-z0-9]+))?)?");

        static Platform host() {
            return new Platform("linux", Architectures.host(), "");
        }

        static Platform parse(String text) {
            Matcher matcher = SPEC.matcher(text);
            if (!matcher.matches()) {
                throw ErrorCode.INVALID_PLATFORM.with(text);
            }
            String architecture = matcher.group(2);
            if (architecture == null) {
                boolean isOs = matcher.group(1).equals("linux");
                return isOs ? host() : new Platform("linux", Architectures.oci(matcher.group(1)), "");
            }
            if (!matcher.group(1).equals("linux")) {
                throw ErrorCode.INVALID_PARAMETER.with("operating system is not supported: " + matcher.group(1));
            }
            String variant = matcher.group(3) == null ? "" : matcher.group(3);
            return new Platform("linux", Architectures.oci(architecture), variant);
        }
    }

    static ImportRequest of(String reference, String message, String platform, List<String> changes) {
        if (message.length() > MAX_MESSAGE) {
            throw ErrorCode.TOO_LARGE.with("the message", MAX_MESSAGE);
        }
        Optional<ImageReference> name = reference.isEmpty() ? Optional.empty() : Optional.of(name(reference));
        return new ImportRequest(
                name,
                message.isEmpty() ? "Imported from -" : message,
                platform.isEmpty() ? Platform.host() : Platform.parse(platform),
                Changes.apply(changes));
    }

    private static ImageReference name(String reference) {
        ImageReference name = Images.named(reference);
        if (name.digest().isPresent()) {
            throw ErrorCode.INVALID_PARAMETER.with("cannot import digest reference");
        }
        return name.orLatest();
    }
}
