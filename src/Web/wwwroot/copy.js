// A button that copies what stands in the field before it; without script the field is marked by hand.
for (const holder of document.querySelectorAll('[data-copy]')) {
  const field = holder.querySelector('input');
  const button = holder.querySelector('button');
  button.hidden = false;
  button.addEventListener('click', async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    holder.querySelector('[role=status]').textContent = holder.dataset.copy;
  });
}
