// A click on the head of a column sorts by it; without scripts the tables stay as they were written.
document.querySelectorAll('th').forEach(function (head) {
  head.classList.add('sortable');
  head.title = 'sort';
  head.addEventListener('click', function () {
    var body = head.closest('table').tBodies[0];
    var at = head.cellIndex;
    var down = head.getAttribute('aria-sort') !== 'descending';
    head.parentNode.querySelectorAll('th').forEach(function (each) { each.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    function value(row) {
      var cell = row.cells[at];
      return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
    }
    Array.from(body.rows).sort(function (one, other) {
      var a = value(one);
      var b = value(other);
      var order = typeof a === 'number' ? a - b : a.localeCompare(b, undefined, { numeric: true });
      return down ? -order : order;
    }).forEach(function (row) { body.appendChild(row); });
  });
});
