# The id ends the path of a cgroup: "/cri-containerd-<id>.scope" of systemd, "/<id>" of cgroupfs.
function container(path,   line, id) {
  while ((getline line < path) > 0) {
    sub(/\.scope$/, "", line)
    sub(/^.*[^0-9a-f]/, "", line)
    if (length(line) == 64) id = line
  }
  close(path)
  return id
}
function annotation(spec, name,   at) {
  name = "\"io.kubernetes.cri." name "\":\""
  at = index(spec, name)
  spec = substr(spec, at + length(name))
  return at > 0 ? substr(spec, 1, index(spec, "\"") - 1) : ""
}
# Any process may take the name, and lay out links and pipes that root should not follow: so a
# container is looked into only where the file that containerd keeps of it says kube-system. Of the
# image only the tag is told, because the name of its registry holds an account id.
function kubeProxy(pids,   pid, n, i, spec, image) {
  if (pids == "none") return member("running", "false") member("cilium", ENVIRON["CONNTRACK_PROBE_CILIUM"])
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = container(root "/proc/" pid[i] "/cgroup")
    spec = first(root "/run/containerd/io.containerd.runtime.v2.task/k8s.io/" spec "/config.json")
    if (annotation(spec, "sandbox-namespace") != "kube-system") continue
    image = annotation(spec, "image-name")
    sub(/@.*/, "", image)
    image = match(image, /:v?[0-9]+\.[0-9][A-Za-z0-9._-]*$/) ? substr(image, RSTART + 1) : ""
    configPath = "/proc/" pid[i] "/root/var/lib/kube-proxy-config/config"
    if (system("[ -f \"$CONNTRACK_PROBE_ROOT" configPath "\" ]") != 0) configPath = ""
    return member("running", "true") member("tag", string(image))
  }
  return n > 0 ? member("running", "true") : ""
}
