// How the pages of the Go version talk to their server: forms without a token, an address with one.
function post(uri, data, done) {
  var request = new XMLHttpRequest();
  request.open("POST", "//" + location.host + "/" + uri, true);
  request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
  request.onreadystatechange = function () {
    if (request.readyState == 4 && request.status == 200) done(JSON.parse(request.responseText));
  };
  var pairs = [];
  for (var name in data) pairs.push(name + "=" + encodeURI(data[name]));
  request.send(pairs.join("&"));
}

function uploadfile(input, done) {
  var form = new FormData();
  var id = sessionStorage.getItem("userid");
  if (id) form.append("userid", id);
  form.append("file", input.files[0]);
  var request = new XMLHttpRequest();
  request.open("POST", "/attach/upload");
  request.onload = function () { done(JSON.parse(request.responseText)); };
  request.send(form);
}

function query(name) {
  return new URLSearchParams(location.search).get(name);
}
