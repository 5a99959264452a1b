package com.eventuall.local.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line of a service process. It holds no secrets: those go by the environment.
 *
 * @param settings of all processes; {@code presence-2/name} is for that one process and wins over {@code name}
 */
record JavaCommand(ServiceSpec service, String replica, Path root, Path temporary, Map<String, String> settings) {

    List<String> build() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + service.heap());
        command.add("-XX:+UseSerialGC");
        if (!service.optimised()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // Both would leave files behind when the process is killed.
        command.add("-XX:-UsePerfData");
        command.add("-Djava.io.tmpdir=" + temporary);
        ownSettings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(service.program(root).toString());
        return command;
    }

    private Map<String, String> ownSettings() {
        Map<String, String> own = new TreeMap<>();
        settings.forEach((name, value) -> {
            if (name.indexOf('/') < 0) {
                own.put(name, value);
            }
        });
        settings.forEach((name, value) -> {
            if (name.startsWith(replica + "/")) {
                own.put(name.substring(replica.length() + 1), value);
            }
        });
        return own;
    }
}
