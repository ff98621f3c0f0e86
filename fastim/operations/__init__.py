"""What an operator's commands do: no Flask, no texts on a screen. `fastim.commands` asks and prints."""
