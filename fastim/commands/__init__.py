"""`flask fastim …`: what an operator does from a shell, one module a group of commands."""

from fastim.commands import (
    accounts,
    backup,
    check,
    doctor,
    import_go,
    loadtest,
    migrate_db,
    move_log,
    settings,
    upkeep,
    worlds,
)
from fastim.commands.group import commands as commands

commands.add_command(settings.settings)
commands.add_command(settings.vapid)
commands.add_command(accounts.create_user)
commands.add_command(accounts.reset_password)
commands.add_command(upkeep.gc)
commands.add_command(upkeep.reindex)
commands.add_command(check.check)
commands.add_command(import_go.import_go)
commands.add_command(migrate_db.migrate_db)
commands.add_command(move_log.move_log)
commands.add_command(backup.backup)
commands.add_command(backup.restore)
commands.add_command(doctor.doctor)
commands.add_command(worlds.seed)
commands.add_command(loadtest.loadtest)
