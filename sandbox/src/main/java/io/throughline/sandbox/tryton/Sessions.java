package io.throughline.sandbox.tryton;

import io.throughline.sandbox.core.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who may call: sessions and HTTP Basic for JSON-RPC, the application key for REST. A restart ends all sessions. */
final class Sessions {
    private static final int USER_ID = 2;

    private final String user;
    private final String password;
    private final String key;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    Sessions(String user, String password, String key) {
        this.user = user;
        this.password = password;
        this.key = key;
    }

    boolean mayLogin(String login, String secret) {
        return login.equals(user) && secret.equals(password);
    }

    String open() {
        String token = UUID.randomUUID().toString().replace("-", "");
        open.add(token);
        return token;
    }

    int userId() {
        return USER_ID;
    }

    void endAll() {
        open.clear();
    }

    boolean mayCall(Request request) {
        String header = request.header("authorization").orElse("");
        if (header.startsWith("Session ")) {
            String[] parts = decoded(header.substring(8)).split(":", 3);
            return parts.length == 3 && parts[0].equals(user) && open.contains(parts[2]);
        }
        return header.startsWith("Basic ") && decoded(header.substring(6)).equals(user + ":" + password);
    }

    boolean hasKey(Request request) {
        return request.header("authorization").orElse("").equals("Bearer " + key);
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException garbled) {
            return "";
        }
    }
}
