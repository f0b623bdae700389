package dev.gantry.registry.distribution;

/** The error codes of the specification ("Error Codes"), with the status that goes with each. */
enum DistributionError {
    BLOB_UNKNOWN(404),
    BLOB_UPLOAD_INVALID(400),
    BLOB_UPLOAD_UNKNOWN(404),
    DIGEST_INVALID(400),
    MANIFEST_UNKNOWN(404),
    NAME_INVALID(400),
    NAME_UNKNOWN(404),
    RANGE_INVALID(416),
    SIZE_INVALID(400),
    TOOMANYREQUESTS(429),
    TOO_LARGE(413),
    NO_SPACE(507),
    UNSUPPORTED(405),
    UNKNOWN(500);

    private final int status;

    DistributionError(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    Refusal because(String message) {
        return new Refusal(this, message);
    }
}
