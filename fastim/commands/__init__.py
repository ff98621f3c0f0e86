"""`flask fastim …`: what an operator does from a shell, one module a group of commands."""

from fastim.commands.group import commands as commands
