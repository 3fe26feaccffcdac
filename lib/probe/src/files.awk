function exists(path,   line, got) { got = (getline line < path); close(path); return got >= 0 }
function first(path,   line) { if ((getline line < path) <= 0) line = ""; close(path); return line }
function field(path, name, at,   line, part, value) {
  while ((getline line < path) > 0) {
    split(line, part, " ")
    if (part[1] == name) { value = part[at]; break }
  }
  close(path)
  return value
}
function shellValue(path, name,   line, value) {
  while ((getline line < path) > 0) if (index(line, name "=") == 1) value = substr(line, length(name) + 2)
  close(path)
  return value
}
function matchingLines(path, pattern,   line, lines) {
  lines = 0
  while ((getline line < path) > 0) if (line ~ pattern) lines++
  close(path)
  return lines
}
function timeouts(names,   name, n, i, members) {
  n = split(names, name, " ")
  for (i = 1; i <= n; i++) members = members member(name[i], number(first(sysctl name[i])))
  return members
}
