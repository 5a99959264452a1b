package com.eventuall.recording;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells loops of this process that there is something to do now. Only saves waiting: every loop also looks by itself. */
public final class Signals {
    private final List<Runnable> onWork = new CopyOnWriteArrayList<>();
    private final List<Runnable> onFacts = new CopyOnWriteArrayList<>();

    public void onWork(Runnable listener) {
        onWork.add(listener);
    }

    public void onFacts(Runnable listener) {
        onFacts.add(listener);
    }

    /** A recording may be due. */
    public void workAdded() {
        onWork.forEach(Runnable::run);
    }

    /** Events wait in the outbox. */
    public void factsStored() {
        onFacts.forEach(Runnable::run);
    }
}
