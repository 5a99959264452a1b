package com.eventuall.e2e.faults;

import com.eventuall.e2e.Stack;
import com.eventuall.e2e.faults.check.Violation;
import com.eventuall.e2e.faults.client.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a fault works with: a stack that runs, a show on it, and where its figures go. */
final class World implements AutoCloseable {
    private final Stack stack;
    private final Processes processes;
    private final Stores stores;
    private final History history;
    private final Show show;
    private final Random random;
    private final Scale scale;
    private final List<Figure> figures = new ArrayList<>();

    World(Stack stack, Fault fault, Scale scale, long seed, Path directory) {
        this.stack = stack;
        this.scale = scale;
        this.random = new Random(seed);
        this.processes = new Processes(stack);
        this.stores = new Stores(stack);
        this.history = new History(directory.resolve("fault-" + fault.number() + ".jsonl"));
        String eventId = "fault" + fault.number() + "-" + Long.toString(seed & 0xffffff, 36);
        this.show = new Show(stack, history, eventId, scale.rooms(), scale.people(), seed);
    }

    Stack stack() {
        return stack;
    }

    Processes processes() {
        return processes;
    }

    Stores stores() {
        return stores;
    }

    History history() {
        return history;
    }

    Show show() {
        return show;
    }

    Random random() {
        return random;
    }

    Scale scale() {
        return scale;
    }

    RoomShow room() {
        return show.rooms().get(0);
    }

    void note(String who, String what) {
        history.add("fault", "", who, History.data().put("what", what));
    }

    /** Signals a process, and says so in the history. */
    void signal(String process, String action) {
        note(process, action);
        processes.signal(process, action);
    }

    void vendorFault(String vendor, String json) {
        note(vendor, json);
        if (stack.post("/sandbox/" + vendor + "/faults", json).statusCode() / 100 != 2) {
            throw new IllegalArgumentException(json);
        }
    }

    void figure(Figure figure) {
        figures.add(figure);
    }

    /** Starts the show and lets it run for a while without any trouble. */
    void warmUp() throws InterruptedException {
        show.start();
        lastsFor(Duration.ofSeconds(12));
        history.ask(checker -> {
            checker.divergence().reset();
            return null;
        });
    }

    /** The show goes on meanwhile. */
    void lastsFor(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /** Ends the show and checks everything. */
    Result end(Fault fault) throws InterruptedException {
        show.rest();
        List<Violation> violations = history.end();
        return new Result(fault, figures, violations, history.size(), history.file());
    }

    /** What there is to say of a fault that could not be measured to its end. */
    Result broken(Fault fault, Throwable why) {
        Violation violation = new Violation("unmeasured", "all", why.toString());
        return new Result(fault, figures, List.of(violation), history.size(), history.file());
    }

    @Override
    public void close() {
        show.close();
        history.close();
    }
}
