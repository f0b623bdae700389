package dev.gantry.events.outbox;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A transaction that is always on, and commits whenever something was appended: the database commits each statement by itself. */
final class OneTransaction implements TransactionSynchronizationRegistry {
    private final Map<Object, @Nullable Object> resources = new HashMap<>();
    int status = Status.STATUS_ACTIVE;

    @Override
    public Object getTransactionKey() {
        return this;
    }

    @Override
    public void putResource(Object key, @Nullable Object value) {
        resources.put(key, value);
    }

    @Override
    public @Nullable Object getResource(Object key) {
        return resources.get(key);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        synchronization.afterCompletion(Status.STATUS_COMMITTED);
    }

    @Override
    public int getTransactionStatus() {
        return status;
    }

    @Override
    public void setRollbackOnly() {}

    @Override
    public boolean getRollbackOnly() {
        return false;
    }
}
