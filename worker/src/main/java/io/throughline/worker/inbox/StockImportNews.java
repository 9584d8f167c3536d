package io.throughline.worker.inbox;

import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.ImportId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An import that is there is booked; so is one whose process was missed, or is to try at once what it waits to try again. */
public final class StockImportNews implements InboxDesk {
    private static final Pattern IMPORT = Pattern.compile("stock-import/(I-[1-9][0-9]{0,17})");

    private final Consumer<ImportId> imports;
    private final Consumer<String> hurry;

    /**
     * {@code imports} starts the process of an import, or finds that it runs; {@code hurry} makes a retry that is waiting out its delay begin at
     * once.
     */
    public StockImportNews(Consumer<ImportId> imports, Consumer<String> hurry) {
        this.imports = imports;
        this.hurry = hurry;
    }

    /** However often it was said, it means the same. */
    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        Optional<ImportId> imported = about(messages.getFirst().subject());
        imported.ifPresent(imports);
        return imported.map(_ -> new Handling.Done());
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<ImportId> imported = about(decided.subject());
        imported.ifPresent(id -> {
            imports.accept(id);
            hurry.accept(id.workflowId());
        });
        return imported.isPresent();
    }

    private static Optional<ImportId> about(String subject) {
        Matcher imported = IMPORT.matcher(subject);
        return imported.matches() ? Optional.of(new ImportId(imported.group(1))) : Optional.empty();
    }
}
