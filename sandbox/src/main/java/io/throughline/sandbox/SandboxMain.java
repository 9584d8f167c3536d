package io.throughline.sandbox;

import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The sandbox as a process of its own. Environment: {@code SANDBOX_<SYSTEM>_PORT} (0 or absent chooses a free one),
 * {@code SANDBOX_CONTROL_PORT}, {@code SANDBOX_HOST}, {@code SANDBOX_DATA} (file; absent keeps nothing),
 * {@code SANDBOX_WEBHOOK_RETRY_BASE_MILLIS}; any other {@code SANDBOX_X_Y=v} is the setting {@code x.y}. An argument
 * {@code name=value} with a setting's name outdoes the environment.
 */
public final class SandboxMain {

    private SandboxMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        SandboxConfig config = config(System.getenv(), arguments);
        Sandbox sandbox = Sandbox.start(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            sandbox.close();
            stopped.countDown();
        }));
        System.out.println("control   " + sandbox.controlBase());
        for (String system : sandbox.systems()) {
            System.out.printf(Locale.ROOT, "%-9s %s%n", system, sandbox.base(system));
        }
        System.out.println("sandbox ready");
        stopped.await();
    }

    static SandboxConfig config(Map<String, String> environment, String... arguments) {
        SandboxConfig config = SandboxConfig.inMemory();
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (entry.getKey().startsWith("SANDBOX_")) {
                String name = entry.getKey().substring("SANDBOX_".length());
                config = apply(config, name.toLowerCase(Locale.ROOT).replace('_', '.'), entry.getValue());
            }
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Arguments are name=value, not " + argument);
            }
            config = apply(config, argument.substring(0, equals), argument.substring(equals + 1));
        }
        return config;
    }

    private static SandboxConfig apply(SandboxConfig config, String name, String value) {
        if (name.endsWith(".port")) {
            return config.withPort(name.substring(0, name.length() - ".port".length()), Integer.parseInt(value));
        }
        return switch (name) {
            case "host" -> config.withHost(value);
            case "data" -> config.withDataFile(Path.of(value));
            case "webhook.retry.base.millis" -> config.withWebhookRetryBase(Duration.ofMillis(Long.parseLong(value)));
            default -> config.withSetting(name, value);
        };
    }
}
