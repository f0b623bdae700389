package dev.gantry.service.http;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.stream.Stream;

/** Why a request got no answer, in words for people: the JDK's client has none for a refused connection, and its own for a broken one. */
public final class HttpSilence {
    private HttpSilence() {}

    /** One sentence without the names of classes. */
    public static String reason(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> "it does not accept connections";
            case ConnectException _ -> "connection refused";
            case HttpTimeoutException _ -> "it did not answer in time";
            default -> "the connection broke" + detail(failure);
        };
    }

    private static String detail(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank() && !message.contains("Exception"))
                .findFirst()
                .map(message -> " (" + message + ")")
                .orElse("");
    }
}
