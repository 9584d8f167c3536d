package io.throughline.local;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program that starts a small stack in the directory of its argument and waits to be ended. */
public final class TestStackMain {
    private TestStackMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        String fake = TestProcess.class.getName();
        StackOptions options = StackOptions.isolated(directory, directory.getParent())
                .withMainClasses(Map.of(StackPart.WORKER, fake, StackPart.API_SERVER, fake))
                .withParts(EnumSet.of(StackPart.POSTGRES, StackPart.WORKER, StackPart.API_SERVER));
        Progress progress = Progress.to(System.out);
        try (Stack stack = Stack.start(options, progress)) {
            System.out.println("all is up in " + stack.directory());
            new CountDownLatch(1).await();
        }
    }
}
