# A number is printed as it was read, up to 15 digits: the most that JSON readers keep exact.
function number(text) { return (text ~ /^(0|[1-9][0-9]*)$/ && length(text) <= 15) ? text : "" }
function seconds(text) { return (text ~ /^(0|[1-9][0-9]*)\.[0-9]+$/ && length(text) <= 24) ? text : "" }
# Text of a host is reduced to characters that mean nothing to JSON, a shell or HTML. The set is no
# regex literal, because a slash needs a backslash there, which awk of busybox would let through.
function string(text, most) {
  gsub("[^A-Za-z0-9._:/+~-]", "", text)
  return text == "" ? "" : "\"" substr(text, 1, most ? most : 80) "\""
}
function member(name, json) { return json == "" ? "" : ",\"" name "\":" json }
function object(members) { return members == "" ? "" : "{" substr(members, 2) "}" }
function array(items) { return "[" substr(items, 2) "]" }
# Members for the names of a list that were counted, in the order of that list.
function tally(names, counted,   name, n, i, members) {
  n = split(names, name, " ")
  for (i = 1; i <= n; i++) if (name[i] in counted) members = members member(name[i], number(counted[name[i]] ""))
  return members
}
