/** The gateway: serves the Docker Engine API and asks the services behind it. It owns nothing durable. */
@NullMarked
package dev.gantry.gateway;

import org.jspecify.annotations.NullMarked;
