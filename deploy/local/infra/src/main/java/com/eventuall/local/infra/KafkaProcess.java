package com.eventuall.local.infra;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** A {@link KafkaNode} as a child process: it can be killed and paused, and comes back with its data. */
public final class KafkaProcess extends ProcessServer {
    private final int controllerPort = LoopbackPort.free();
    private final Path data;

    /**
     * @param port 0 for a free one
     * @param data null for a directory that goes with the run directory
     */
    public KafkaProcess(RunDirectory run, int port, @Nullable Path data) {
        super(run, "kafka", port);
        this.data = data == null ? run.path().resolve("kafka") : data;
    }

    @Override
    protected List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absoluteClassPath(),
                KafkaNode.class.getName(),
                Integer.toString(port()),
                Integer.toString(controllerPort),
                data.toString());
    }

    /** The child works in another directory. */
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    protected boolean answers() {
        if (LoopbackPort.isFree(port())) {
            return false;
        }
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1000);
        try (Admin admin = Admin.create(settings)) {
            return admin.listTopics().names().get(2, TimeUnit.SECONDS).containsAll(Topics.all());
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
