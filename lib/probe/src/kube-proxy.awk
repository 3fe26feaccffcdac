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
function specOf(pid) {
  return first(root "/run/containerd/io.containerd.runtime.v2.task/k8s.io/" container(root "/proc/" pid "/cgroup") "/config.json")
}
# Any process may take the name, and lay out links and pipes that root should not follow: so a
# container is looked into only where the file that containerd keeps of it says kube-system. Of the
# image only the tag is told, because the name of its registry holds an account id.
function kubeProxy(pids,   pid, n, i, spec, image) {
  if (pids == "none") return member("running", "false") member("cilium", ENVIRON["CONNTRACK_PROBE_CILIUM"])
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = specOf(pid[i])
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
# The arguments of the network policy agent of AWS, from the same file. What else stands there in quotes
# is escaped, so that it cannot look like one.
function policyAgent(pids,   pid, n, i, spec, size) {
  n = split(pids, pid, " ")
  for (i = 1; i <= n; i++) {
    spec = specOf(pid[i])
    if (annotation(spec, "sandbox-namespace") != "kube-system" || annotation(spec, "container-name") != "aws-eks-nodeagent") continue
    if (match(spec, /"--conntrack-cache-table-size(=|",")[0-9]+"/)) {
      size = substr(spec, RSTART, RLENGTH - 1)
      sub(/^.*[^0-9]/, "", size)
    }
    return member("enabled", spec ~ /"--enable-network-policy(=([tT]|true|TRUE|True|1))?"/ ? "true" : "false") member("tableSize", number(size))
  }
  return ""
}
