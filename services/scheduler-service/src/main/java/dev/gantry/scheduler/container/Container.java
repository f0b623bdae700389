package dev.gantry.scheduler.container;

import dev.gantry.contracts.rpc.ResolvedImage;

/**
 * A container at one moment.
 *
 * @param id 64 hex digits
 * @param name without a slash
 * @param node the host it lives on, for its whole life
 * @param image what the agent needs of the image, kept so that a start never asks for it
 */
public record Container(String id, String name, String node, Spec spec, ResolvedImage image, Status status) {
    public Container with(Status next) {
        return new Container(id, name, node, spec, image, next);
    }

    public Container renamed(String newName) {
        return new Container(id, newName, node, spec, image, status);
    }

    public Container specified(Spec next) {
        return new Container(id, name, node, next, image, status);
    }

    public boolean autoRemove() {
        return spec.hostConfig().autoRemove();
    }
}
