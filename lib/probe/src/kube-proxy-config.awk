function even(text, mark) { return gsub(mark, "", text) % 2 == 0 }
# A line without its comment, which a blank and no open quote stand before.
function uncommented(line,   from, at, ahead) {
  if (line ~ /^[ \t]*#/) return ""
  for (from = 1; (at = match(substr(line, from), /[ \t]#/)) > 0; from += at + 1) {
    ahead = substr(line, 1, from + at - 2)
    if (even(ahead, "\"") && even(ahead, apostrophe)) { line = ahead; break }
  }
  sub(/[ \t]+$/, "", line)
  return line
}
# The name of a member, plain or quoted; empty where there is none, or an anchor, an alias, a merge.
function keyOf(text, after,   name) {
  if (!match(text, "^(\"[^\"]*\"|" apostrophe "[^" apostrophe "]*" apostrophe "|[A-Za-z][A-Za-z0-9_.-]*) *:" after)) return ""
  name = substr(text, 1, RLENGTH)
  sub(/ *: ?$/, "", name)
  return index("\"" apostrophe, substr(name, 1, 1)) ? substr(name, 2, length(name) - 2) : name
}
function isWanted(name) { return name == "conntrack" || name == "mode" }
# Wanted members of one mapping in flow style, as JSON is; "?" where its end is not found.
function flowMembers(text,   n, i, c, depth, quote, item, out) {
  n = length(text)
  for (i = 1; i <= n; i++) {
    c = substr(text, i, 1)
    if (quote != "") {
      if (c == quote) quote = ""
      else if (c == "\\" && quote == "\"") c = c substr(text, ++i, 1)
    } else {
      if (c == "\t") c = " "
      if (index("{[", c) && ++depth == 1) continue
      if (index("}]", c) && --depth == 0 || c == "," && depth == 1) {
        sub(/^ +/, "", item)
        if (isWanted(keyOf(item, ""))) out = out ", " item
        if (depth == 0) return substr(text, i + 1) !~ /^[ \t]*$/ ? "?" : out == "" ? "" : "{" substr(out, 3) "}"
        item = ""
        continue
      }
      if (c == "\"" || c == apostrophe) quote = c
    }
    # What is longer is not told.
    if (length(item) < 1000) item = item c
  }
  return "?"
}
function joined(text, mark, by,   part, n, i, out) {
  n = split(text, part, mark)
  for (i = 1; i <= n; i++) out = out (i > 1 ? by : "") part[i]
  return out
}
# Of the file that the next start of kube-proxy reads, what its first document says of conntrack and of
# its mode, as it stands there: whoever reads the answer has a parser for YAML, and here members are only
# told apart. False where they cannot be: tabs, anchors, signs that mean more than text, what is too long.
function configuration(path,   line, bytes, base, started, flow, wanted, name, text, odd) {
  while (!odd && (getline line < path) > 0) {
    sub(/\r$/, "", line)
    odd = ((bytes += length(line) + 1) > 65536)
    line = uncommented(line)
    if (line == "") continue
    if (line ~ /^(---|\.\.\.)/) {
      if (started) break
      odd = (line != "---")
      continue
    }
    match(line, /^ */)
    if (!started) { started = 1; base = RLENGTH; flow = (substr(line, base + 1, 1) == "{") }
    if (flow) { text = text " " line; continue }
    odd = (odd || RLENGTH < base || line ~ /^ *\t/)
    line = substr(line, base + 1)
    # Lists may begin as far left as their name, and so may the end of what is in braces.
    if (line !~ /^( |-$|- |[]},])/) {
      name = keyOf(line, "( |$)")
      wanted = isWanted(name)
      odd = (odd || name == "" || !even(line, "\""))
    }
    if (wanted) text = text (text == "" ? "" : "\n") line
  }
  close(path)
  if (flow) text = flowMembers(text)
  if (odd || !started || length(text) > 480 || text ~ ("[^][A-Za-z0-9 \n\"{},:._~+/" apostrophe "-]")) return "false"
  # Ends of lines first: original-awk parts text at them whatever it is asked.
  text = joined(text, "\n", "\\n")
  text = joined(text, "\"", "\\\"")
  return "\"" text "\""
}
