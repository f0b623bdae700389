package dev.gantry.gateway.system;

/** What we call ourselves. Tools compare engine versions, so ours is that of the engine whose behaviour we keep, with our own after the plus. */
public final class EngineVersion {
    public static final String GANTRY = "0.1.0";
    public static final String ENGINE = "28.5.2+gantry." + GANTRY;

    private EngineVersion() {}
}
