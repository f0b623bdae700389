package dev.gantry.contracts.docker;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record with so many components that a builder is generated for it: {@code XBuilder.builder(from)} copies one, so that some can be
 * changed; {@link DockerJson#empty} is the record to start from when there is none. A bare {@code builder()} leaves texts null.
 */
@RecordBuilder.Template(
        options =
                @RecordBuilder.Options(
                        addClassRetainedGenerated = true,
                        inheritComponentAnnotations = false,
                        enableWither = false))
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.SOURCE)
public @interface Buildable {}
