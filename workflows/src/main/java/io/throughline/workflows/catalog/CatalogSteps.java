package io.throughline.workflows.catalog;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.throughline.domain.account.AccountId;

/** What the taking in of a catalogue does. Where it stands is in the database, so each step goes on from there. */
@ActivityInterface(namePrefix = "catalog.")
public interface CatalogSteps {
    /** Asks for an export, or takes in what is ready of it, for a while. */
    @ActivityMethod
    SyncProgress advance(AccountId account);

    /** Compares the prices that have come in, and closes the sync. */
    @ActivityMethod
    SyncOutcome finish(AccountId account);

    /** Reads a few of the products of which the account has told news. True: there are more. */
    @ActivityMethod
    boolean readNews(AccountId account);
}
