package io.throughline.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Says to a server exactly what it is told to say, right or wrong, and reads the answer until the end. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

    private final int port;

    RawHttp(int port) {
        this.port = port;
    }

    /** What came back; {@code status} is 0 when the server hung up without a word. */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    Reply say(byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            // The server may answer, and hang up, before it has heard everything.
            Thread.startVirtualThread(() -> speak(socket, head, body));
            Reply reply = parse(listen(socket.getInputStream()));
            return reply;
        }
    }

    /** Says {@code message}, and then {@code drip} again and again with a pause in between, until the server has enough. */
    Reply trickle(String message, String drip, Duration pause) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) pause.toMillis());
            socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream heard = new ByteArrayOutputStream();
            long giveUp = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
            while (hears(socket, heard, drip)) {
                if (System.nanoTime() > giveUp) {
                    throw new SocketTimeoutException("the server still listens");
                }
            }
            return parse(heard.toByteArray());
        }
    }

    /** Hears one byte, or says something where nothing is to be heard; false when the server has hung up. */
    private static boolean hears(Socket socket, ByteArrayOutputStream heard, String drip) throws IOException {
        try {
            try {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    return false;
                }
                heard.write(next);
            } catch (SocketTimeoutException nothingYet) {
                socket.getOutputStream().write(drip.getBytes(StandardCharsets.US_ASCII));
            }
            return true;
        } catch (SocketException hungUp) {
            return false;
        }
    }

    /** Says {@code message} and no more, as its end or only as a long silence, and hears the answer. */
    Reply fallSilent(String message, boolean end) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
            if (end) {
                socket.shutdownOutput();
            }
            return parse(socket.getInputStream().readAllBytes());
        }
    }

    /** The statuses of the answers to several requests on one connection; the last request must ask to close it. */
    List<Integer> statuses(List<String> requests) throws IOException {
        byte[] all = String.join("", requests).getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Thread.startVirtualThread(() -> speak(socket, all, new byte[0]));
            String heard = new String(listen(socket.getInputStream()), StandardCharsets.UTF_8);
            return STATUS.matcher(heard)
                    .results()
                    .map(found -> Integer.parseInt(found.group(1)))
                    .toList();
        }
    }

    private static void speak(Socket socket, byte[] head, byte[] body) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write(body);
            out.flush();
        } catch (IOException hungUp) {
            // What the server has to say about it is in its answer.
        }
    }

    private static byte[] listen(InputStream in) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                heard.write(buffer, 0, read);
            }
        } catch (IOException hungUp) {
            // What was heard before counts.
        }
        return heard.toByteArray();
    }

    private static Reply parse(byte[] heard) {
        String text = new String(heard, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply(0, Map.of(), text);
        }
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, String> headers = new TreeMap<>();
        lines.stream().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        });
        String body = text.substring(end + 4);
        boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
        return new Reply(Integer.parseInt(lines.getFirst().substring(9, 12)), headers, chunked ? unchunk(body) : body);
    }

    private static String unchunk(String body) {
        StringBuilder whole = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int line = body.indexOf("\r\n", at);
            int size = Integer.parseInt(body.substring(at, line).strip(), 16);
            whole.append(body, line + 2, line + 2 + size);
            if (size == 0) {
                break;
            }
            at = line + 2 + size + 2;
        }
        return whole.toString();
    }
}
