package com.eventuall.deploy.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.eventuall.deploy.checks.source.ServiceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where things lie in the project, and the rendered overlays. */
final class Project {
    static final Path ROOT = root();
    static final Path K8S = ROOT.resolve("deploy/k8s");
    static final List<ServiceSource> SERVICES = HardeningCheck.SERVICES.stream()
            .sorted()
            .map(name -> ServiceSource.read(ROOT, name))
            .toList();

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();

    private Project() {}

    /** The names of all overlays. */
    static List<String> overlays() {
        String[] names = K8S.resolve("overlays").toFile().list();
        return names == null ? List.of() : List.of(names).stream().sorted().toList();
    }

    /** The resources of an overlay. */
    static Manifests render(String overlay) {
        require(new Tool("kubectl"));
        return RENDERED.computeIfAbsent(
                overlay,
                name -> Manifests.parse(new Tool("kubectl")
                        .run("", "kustomize", K8S.resolve("overlays/" + name).toString())
                        .orThrow()));
    }

    /** Skips the test where the program is missing, unless {@code REQUIRE_DEPLOY_TOOLS=true}. */
    static void require(Tool tool) {
        boolean required = Boolean.parseBoolean(System.getenv("REQUIRE_DEPLOY_TOOLS"));
        if (required && !tool.isInstalled()) {
            throw new IllegalStateException(tool.name() + " is not installed, and REQUIRE_DEPLOY_TOOLS=true");
        }
        assumeTrue(tool.isInstalled(), tool.name() + " is not installed: part of deploy/ is not checked");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
