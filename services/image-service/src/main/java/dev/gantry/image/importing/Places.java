package dev.gantry.image.importing;

import dev.gantry.contracts.error.ErrorCode;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How many archives are taken in at one time; one more is refused rather than kept waiting with its connection open. */
@Singleton
public class Places {
    private final Semaphore free;

    Places(@ConfigProperty(name = "gantry.image.imports") int imports) {
        free = new Semaphore(imports);
    }

    /** @throws dev.gantry.contracts.error.GantryException SERVICE_AWAY when all are taken */
    public <T> T within(Supplier<T> work) {
        if (!free.tryAcquire()) {
            throw ErrorCode.SERVICE_AWAY.with("image", "too many imports at one time");
        }
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
