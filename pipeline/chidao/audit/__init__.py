"""What an auditor asks of the register: who owns a measure, what is wrong, what two directives have in common."""
