package io.throughline.worker;

/** {@code server config/worker.yml} */
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] arguments) throws Exception {
        new WorkerApplication().run(arguments);
    }
}
