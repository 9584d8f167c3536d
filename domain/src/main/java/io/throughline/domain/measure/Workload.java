package io.throughline.domain.measure;

import java.util.List;

/** What waits just now. */
public interface Workload {
    /** Of each business process, also of those of which nothing waits. */
    List<Backlog> backlogs();

    /** Of each code that has a case which is not closed. */
    List<CaseLoad> cases();

    List<FeedProgress> feeds();

    /** Messages that came in and could not be read. */
    long deadLetters();
}
