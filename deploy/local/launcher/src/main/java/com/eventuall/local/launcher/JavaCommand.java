package com.eventuall.local.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line of a service process. It holds no secrets: those go by the environment. */
record JavaCommand(ServiceSpec service, Path root, Path temporary, Map<String, String> settings) {

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
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(service.program(root).toString());
        return command;
    }
}
