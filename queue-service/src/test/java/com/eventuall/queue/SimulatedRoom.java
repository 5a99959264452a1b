package com.eventuall.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** One room over a store in memory, on simulated time, and what tests do with it. */
abstract class SimulatedRoom {

    final Simulation simulation = new Simulation(1);
    final InMemoryRoomStore store = new InMemoryRoomStore(simulation, 0);
    final Simulation.Loop loop = simulation.new Loop();

    Room start(QueueSettings settings) {
        return start(loop, settings);
    }

    Room start(Simulation.Loop on, QueueSettings settings) {
        Room room = new Room(
                Schedule.ROOM, store, on, settings, "pod" + on, (state, who) -> state, QueueMeter.NONE, idle -> {});
        store.follow(room);
        on.execute(room::start);
        simulation.pass(100);
        return room;
    }

    SimulatedBrowser connect(Room room, String userId, boolean moderator) {
        SimulatedBrowser browser = new SimulatedBrowser(simulation, userId, moderator);
        browser.connect(room, loop);
        simulation.pass(300);
        return browser;
    }

    void edit(Room room, Room.EditOf<Boolean> edit) {
        edit(room, edit, Map.of());
    }

    void edit(Room room, Room.EditOf<Boolean> edit, Map<String, String> causes) {
        boolean[] done = new boolean[1];
        loop.execute(() -> room.edit(edit, causes).thenAccept(result -> done[0] = true));
        simulation.pass(200);
        assertThat(done[0]).isTrue();
    }

    static List<String> users(List<Stay> live) {
        return live.stream().map(Stay::userId).toList();
    }
}
