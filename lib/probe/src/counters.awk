# No awk agrees with another on reading hexadecimal, and all count exactly up to 2^53.
function hex(text,   i, value) {
  if (text !~ /^[0-9a-f]+$/ || length(text) > 12) return -1
  value = 0
  for (i = 1; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
  return value
}
# One row for each CPU, under a header whose names (and their meaning) change between kernels. A row
# that does not fit its header means that this file is not understood: then nothing of it is told.
function readStat(path, sum,   line, cell, column, columns, rows, value, i) {
  columns = rows = 0
  while ((getline line < path) > 0) {
    if (columns == 0) {
      columns = split(line, column, " ")
      for (i = columns; i > 0; i--) place[path, column[i]] = i
      continue
    }
    if (split(line, cell, " ") != columns) { rows = 0; break }
    rows++
    for (i = 1; i <= columns; i++) {
      if (place[path, column[i]] != i) continue
      value = hex(cell[i])
      if (value < 0 || sum[column[i]] == "unread") sum[column[i]] = "unread"
      else sum[column[i]] += value
    }
  }
  close(path)
  for (i = 1; i <= columns; i++) {
    if (rows == 0) delete sum[column[i]]
    else names[i] = column[i]
  }
  return rows == 0 ? 0 : columns
}
# Columns that rules look at. "entries" repeats nf_conntrack_count on each row, so that its sum would mean nothing.
function isJudged(name) { return index(" drop early_drop insert_failed chainlength clashres invalid search_restart found ", " " name " ") > 0 }
function counters(wantJudged,   i, name, members) {
  for (i = 1; i <= columns; i++) {
    name = names[i]
    if (name == "entries" || name !~ /^[A-Za-z0-9_]+$/ || length(name) > 80 || isJudged(name) != wantJudged) continue
    if (stat[name] == "unread" || ((name, wantJudged) in told)) continue
    told[name, wantJudged] = 1
    members = members member(name, number(sprintf("%.0f", stat[name])))
  }
  return members
}
# What judged columns grew by since; those that did not grow are left out. A counter that began again is not told.
function growth(   i, name, by, members) {
  for (i = 1; i <= columns; i++) {
    name = names[i]
    if (!isJudged(name) || stat[name] == "unread" || !(name in statLater) || statLater[name] == "unread") continue
    by = statLater[name] - stat[name]
    if (by > 0 && !(name in grew)) { grew[name] = 1; members = members member(name, number(sprintf("%.0f", by))) }
  }
  return "{" substr(members, 2) "}"
}
