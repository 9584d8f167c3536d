package io.throughline.api;

/** {@code server config/api-server.yml}, or {@code key --owner NAME --roles ROLE,ROLE} to make an API key. */
public final class ApiServerMain {
    private ApiServerMain() {}

    public static void main(String[] arguments) throws Exception {
        new ApiServerApplication().run(arguments);
    }
}
