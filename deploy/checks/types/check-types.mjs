// Reads a JSON array of Kubernetes resources from standard input; writes a JSON array of the same length: null for a kind
// that no package knows, otherwise the list of what is wrong with its types, enumerations and required fields.
const PACKAGES = {
  "gateway.networking.k8s.io": "@kubernetes-models/gateway-api",
  "keda.sh": "@kubernetes-models/keda",
  "external-secrets.io": "@kubernetes-models/external-secrets",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};
const CORE_GROUPS = new Set(["apps", "autoscaling", "policy", "networking.k8s.io", "batch"]);

async function modelOf({ apiVersion, kind }) {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  let module;
  if (group === "") {
    module = `kubernetes-models/${version}`;
  } else if (CORE_GROUPS.has(group)) {
    module = `kubernetes-models/${group}/${version}`;
  } else if (PACKAGES[group]) {
    module = `${PACKAGES[group]}/${group}/${version}`;
  } else {
    return undefined;
  }
  // A version or kind that the package does not have is an error of the manifest, so it must not pass as unknown.
  const models = await import(module).catch(() => ({}));
  return (
    models[kind] ??
    class {
      validate() {
        throw new Error(`no ${kind} in ${apiVersion}`);
      }
    }
  );
}

async function problemsOf(resource) {
  const Model = await modelOf(resource);
  if (!Model) {
    return null;
  }
  try {
    new Model(resource).validate();
    return [];
  } catch (problem) {
    return (problem.errors ?? [problem]).map((one) => `${one.instancePath ?? ""} ${one.message ?? one}`.trim());
  }
}

let input = "";
for await (const chunk of process.stdin) {
  input += chunk;
}
process.stdout.write(JSON.stringify(await Promise.all(JSON.parse(input).map(problemsOf))));
